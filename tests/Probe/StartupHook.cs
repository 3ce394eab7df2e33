using Isobar.Probe;

/// <summary>
/// The Probe as an internal extension of itself: .NET calls this before <c>Main</c> when the variable
/// <c>DOTNET_STARTUP_HOOKS</c> names the Probe's assembly. <c>PROBE_HOOK</c> says what it does.
/// </summary>
internal static class StartupHook
{
    private static readonly Ballast Ballast = new();

    public static void Initialize()
    {
        var wish = (Environment.GetEnvironmentVariable("PROBE_HOOK") ?? "").Split(':');
        var number = wish.Length > 1 ? int.Parse(wish[1]) : 0;
        switch (wish[0])
        {
            case "throw":
                throw new ThrownOnPurpose("the hook fails");
            case "sleep":
                Thread.Sleep(number);
                break;
            case "allocate":
                Ballast.Take(number);
                break;
            case "share":
                File.WriteAllText(
                    Path.Combine(Path.GetTempPath(), "hook"), Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID"));
                break;
        }
    }
}
