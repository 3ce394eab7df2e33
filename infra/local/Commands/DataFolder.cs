namespace Isobar.Local.Commands;

/// <summary>Where a host that a command starts keeps its data.</summary>
internal static class DataFolder
{
    private const string Prefix = "isobar-host-";

    /// <summary>Creates one, and removes those of hosts that were killed.</summary>
    /// <exception cref="UsageException">The folder for temporary files can't be used.</exception>
    public static OwnedFolder Create()
    {
        var parent = Path.GetTempPath();
        try
        {
            return OwnedFolder.Create(parent, Prefix);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(
                $"The folder for temporary files, {parent}, can't be used: {e.Message} Set TMPDIR to one that can.");
        }
    }
}
