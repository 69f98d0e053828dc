<?php
require __DIR__ . '/../vendor/autoload.php';
echo (new App\Page)->text(), ' ', file_get_contents('../installed.txt'), ' ', file_get_contents('../compiled.txt'), ' for ', $_SERVER['REQUEST_URI'];
