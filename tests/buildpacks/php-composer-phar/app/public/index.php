<?php require "../lib/vendor/autoload.php"; echo greeting();
