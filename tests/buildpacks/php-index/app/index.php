<?php
if ($_SERVER['REQUEST_URI'] == '/broken') {
    echo 'half a page';
    throw new Exception('not for visitors');
}
header('Content-Type: text/plain');
printf("%s %s, opcache %s, greeting %s, https %s, self %s\n", implode('.', array_slice(explode('.', PHP_VERSION), 0, 1)),
    $_SERVER['REQUEST_URI'], opcache_get_status(false)['opcache_enabled'] ? 'on' : 'off',
    getenv('LANG'), $_SERVER['HTTPS'] ?? 'off', $_SERVER['PHP_SELF']);
