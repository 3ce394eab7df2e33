namespace Isobar.Local.Tests.Recorded;

internal static class RecordedAnswer
{
    /// <summary>The host answers what its README says, and not what AWS answered.</summary>
    /// <param name="aws">What was recorded.</param>
    /// <param name="here">What the host is known to answer instead.</param>
    /// <param name="actual">What it answered now.</param>
    public static void Differs(string aws, string here, string actual)
    {
        Assert.True(actual != aws, $"The host answers as AWS does now; the case no longer differs: {actual}");
        Assert.Equal(here, actual);
    }
}
