static inline const char* answer(void) {
  return "made";
}
