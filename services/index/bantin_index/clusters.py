"""Which near-duplicates an article folds with: the place where a lookup is put in."""

from typing import Protocol

from bantin.events import Article


class ClusterLookup(Protocol):
    """Finds the cluster of an article that is new to the index."""

    async def __call__(self, article: Article) -> str:
        """Return the cluster's id: the `article_id` of its first copy indexed, the article's own where it is that."""
        ...


async def own_cluster(article: Article) -> str:
    """Give every article a cluster of its own."""
    return article.article_id
