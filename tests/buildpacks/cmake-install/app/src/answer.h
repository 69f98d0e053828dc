const char* answer(void);
