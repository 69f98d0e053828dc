<?php
preg_match('/pm.max_children = \d+/', file_get_contents(glob('/tmp/php.*/php-fpm.conf')[0]), $workers);
echo file_get_contents('built.txt'), ', ', $workers[0], ', ', getenv('WEB_CONCURRENCY'), ' for Node.js';
