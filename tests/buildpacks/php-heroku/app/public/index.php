<?php echo "public ", getenv("OF_THE_POOL"), " ", ini_get("memory_limit");
