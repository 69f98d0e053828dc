"app";
