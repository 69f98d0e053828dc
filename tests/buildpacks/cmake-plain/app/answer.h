static inline const char* answer(void) {
  return NAME;
}
