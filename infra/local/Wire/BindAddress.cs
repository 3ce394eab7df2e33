namespace Isobar.Local.Wire;

/// <summary>Who can reach the host over the network.</summary>
internal enum BindAddress
{
    /// <summary>This machine alone: 127.0.0.1.</summary>
    Loopback,

    /// <summary>
    /// Every address of the machine, 0.0.0.0: for a container, whose published port does not arrive at loopback.
    /// Requests must still name a loopback host.
    /// </summary>
    All,
}
