namespace Isobar.Local.Services.Kinesis;

/// <summary>Whether a stream's number of shards is the customer's to choose.</summary>
internal enum StreamMode
{
    Provisioned,
    OnDemand,
}

/// <summary>The modes as the API spells them.</summary>
internal static class StreamModes
{
    public const string Provisioned = "PROVISIONED";
    public const string OnDemand = "ON_DEMAND";

    public static readonly string[] All = [Provisioned, OnDemand];

    /// <param name="name">One of <see cref="All"/>.</param>
    public static StreamMode Of(string name) => name == OnDemand ? StreamMode.OnDemand : StreamMode.Provisioned;

    public static string Name(StreamMode mode) => mode == StreamMode.OnDemand ? OnDemand : Provisioned;
}
