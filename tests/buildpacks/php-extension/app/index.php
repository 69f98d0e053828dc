<?php
$database = new PDO('sqlite::memory:');
echo bcadd('1', '2'), ' ', $database->query("select 'from sqlite'")->fetchColumn();
