<?php require "../vendor/autoload.php"; echo greeting(), " ", $_SERVER["SCRIPT_NAME"];
