# shellcheck shell=sh
export PATH="/app/.hythe/java/bin:$JAVA_HOME/bin:$PATH"
# The share of the container's memory that the heap may have; the rest is for threads, code and
# buffers, which small containers need as much as large ones. -Xmx and any -XX:MaxRAMPercentage
# on the command line, in JAVA_OPTS or in JAVA_TOOL_OPTIONS still win.
if [ -n "$CONTAINER_MEMORY" ]; then
  if [ "$CONTAINER_MEMORY" -le 536870912 ]; then hythe_heap=58
  elif [ "$CONTAINER_MEMORY" -le 1073741824 ]; then hythe_heap=65
  elif [ "$CONTAINER_MEMORY" -le 2147483648 ]; then hythe_heap=75
  else hythe_heap=80; fi
  export JAVA_TOOL_OPTIONS="-XX:MaxRAM=$CONTAINER_MEMORY -XX:MaxRAMPercentage=$hythe_heap.0${JAVA_TOOL_OPTIONS:+ $JAVA_TOOL_OPTIONS}"
  unset hythe_heap
fi
