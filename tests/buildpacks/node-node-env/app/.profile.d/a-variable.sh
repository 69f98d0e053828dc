export NODE_ENV=staging
