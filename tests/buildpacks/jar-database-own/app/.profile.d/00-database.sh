export DATABASE_URL='mysql2://ann:secret@db.internal/shop' SPRING_DATASOURCE_PASSWORD=mine
