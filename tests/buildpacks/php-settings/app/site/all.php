<?php
preg_match('/pm.max_children = \d+/', file_get_contents(glob('/tmp/php.*/php-fpm.conf')[0]), $workers);
file_put_contents('/app/var/log/app.log', "a line of the app's\n", FILE_APPEND);
echo date_default_timezone_get(), ' ', ini_get('memory_limit'), ' ', $workers[0];
