"""How gunicorn serves either application; it reads this file in the folder where it is started.

    gunicorn 'wsgi:staff()' --bind 127.0.0.1:8000 --workers 4

Only address and number of workers are left to the command line, and what is said there wins.
"""

from dialog import under_gunicorn

worker_class = "gthread"
threads = 8
graceful_timeout = 3
preload_app = True  # four workers start in the time of one, and share its memory
control_socket_disable = True
logger_class = under_gunicorn.QuietLogger
on_starting = under_gunicorn.on_starting
post_fork = under_gunicorn.post_fork
