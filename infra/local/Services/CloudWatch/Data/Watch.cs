namespace Isobar.Local.Services.CloudWatch.Data;

/// <summary>Has an alarm look at a metric once it has new data. Owned by the journal's monitor.</summary>
/// <param name="wake">
/// Arms the alarm's timer for the end of the period. It is called inside the journal's message, at most once until
/// <see cref="Rest"/>.
/// </param>
internal sealed class Watch(Metric metric, Action wake)
{
    private bool isAwake;

    public Metric Metric => metric;

    public void Touch()
    {
        if (isAwake) return;
        isAwake = true;
        wake();
    }

    /// <summary>What there is has been looked at: the next datum is news.</summary>
    public void Rest() => isAwake = false;
}
