<?php namespace App; class Page { public function text(): string { return (new \Greeting\Greeting)->text; } }
