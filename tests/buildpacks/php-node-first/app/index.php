<?php echo file_get_contents("built.txt");
