export DATABASE_URL='postgres://ann:p%40ss+1@db.internal:5432/shop?sslmode=require'
