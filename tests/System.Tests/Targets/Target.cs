namespace Isobar.Stories;

/// <summary>A place where a stack can be deployed that stories run against.</summary>
public enum Target
{
    /// <summary>The local host, in this process: no account, no Docker, and a clock that jumps.</summary>
    Local,

    /// <summary>
    /// LocalStack in a container that the stories start, with the stack that <c>sam deploy</c> puts there.
    /// </summary>
    LocalStack,

    /// <summary>A stack that was deployed to an account before.</summary>
    Aws,
}
