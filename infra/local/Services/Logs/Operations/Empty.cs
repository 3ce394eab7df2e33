namespace Isobar.Local.Services.Logs.Operations;

/// <summary>The answer of operations that say nothing.</summary>
internal sealed record Empty
{
    public static readonly Empty Instance = new();
}
