<?php echo "included by a request";
