namespace Isobar.Local.Services.Kinesis;

/// <summary>A stream's name and the account that it is in, as AWS's errors have them.</summary>
internal readonly record struct StreamPlace(string Name, string AccountId)
{
    public override string ToString() => $"{Name} under account {AccountId}";
}
