"""The private database under the launcher: started again whenever it dies, with growing pauses when it will not."""

import time

from config.environment import CannotRun
from config.launcher.children import LONGEST_PAUSE, say
from config.launcher.postgres import Cluster


class TendedCluster:
    """A cluster that may die at any moment, during the start too; None where the database is somebody else's."""

    def __init__(self, cluster: Cluster | None):
        self.cluster = cluster
        self.pause, self.again_at = 1.0, 0.0

    def tend(self, now: float) -> bool:
        """Start a database that has died; return whether it had."""
        if self.cluster is None or not self.cluster.died():
            return False
        if now < self.again_at:
            return True
        say("数据库已退出，正在重新启动")
        try:
            self.cluster.start()
        except (CannotRun, OSError) as why:
            say(f"{why}；{self.pause:.0f} 秒后再试")
            self.again_at = time.monotonic() + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
        else:
            self.pause = 1.0
        return True
