<?php echo "reached";
