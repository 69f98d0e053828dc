export SECRET_KEY=secret
