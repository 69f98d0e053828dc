# The system calls that this architecture has, by the headers it is built with: one
# `{"read", __NR_read},` a line, for helpers/container/seccomp.cc.
$(B)/gen/syscalls.inc: helpers/container/rules.mk
	@mkdir -p $(@D)
	printf '#include <asm/unistd.h>\n' | $(CC) -E -dM - | sed -n \
	  -e '/__NR_arch_specific_syscall /d' -e '/__NR_syscalls /d' \
	  -e 's/^#define __NR_\([a-z][a-z0-9_]*\) .*/{"\1", __NR_\1},/p' | sort > $@.new
	mv $@.new $@

$(B)/obj/helpers/container/seccomp.o: CPPFLAGS += -I$(B)/gen
$(B)/obj/helpers/container/seccomp.o: $(B)/gen/syscalls.inc
