<?php namespace Greeting; class Greeting { public string $text = "greeting of a package"; }
