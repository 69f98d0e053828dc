<?php echo "web ", $_SERVER["REQUEST_URI"];
