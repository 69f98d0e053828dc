#include <hythe/no.h>
