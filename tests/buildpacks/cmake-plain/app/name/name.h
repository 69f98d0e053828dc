const char* name(void);
