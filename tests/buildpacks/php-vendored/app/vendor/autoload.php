<?php function greeting() { return "from vendor"; }
