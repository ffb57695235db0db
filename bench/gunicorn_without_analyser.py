"""What gunicorn reads for servers that do not search: as in production, without the analyser."""

preload_app = True
worker_class = "config.workers.DrainingWorker"
