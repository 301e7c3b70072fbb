"""What a share would be if the judgement behind it never erred, when an audit tells how often it does."""


def seen_share(true_share: float, sensitivity: float, specificity: float) -> float:
    """The share that shows when `sensitivity` of the true cases and `specificity` of the others are judged right."""
    return true_share * sensitivity + (1 - true_share) * (1 - specificity)


def true_share(seen: float, sensitivity: float, specificity: float) -> float | None:
    """The share behind the one that shows, within 0 to 1; None where the judgement tells no more than a coin.

    Rogan and Gladen 1978.
    """
    told = sensitivity + specificity - 1
    if not (0 <= seen <= 1 and 0 <= sensitivity <= 1 and 0 <= specificity <= 1) or told <= 0:
        return None
    return min(max((seen + specificity - 1) / told, 0.0), 1.0)
