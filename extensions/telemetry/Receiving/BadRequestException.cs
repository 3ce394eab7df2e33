namespace Isobar.Telemetry.Receiving;

/// <summary>The listener refuses a request with this status and closes the connection.</summary>
internal sealed class BadRequestException(int status) : Exception
{
    public int Status { get; } = status;
}
