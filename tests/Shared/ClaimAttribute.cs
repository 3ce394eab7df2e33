namespace Isobar.Tests;

/// <summary>
/// Says which statement about Lambda a test shows, or every test of a class. The ledger docs/CLAIMS.md is made from
/// these (tests/Tidy.Tests/Stories/ClaimsLedger.cs).
/// </summary>
/// <param name="id">As in tests/Tidy.Tests/Stories/claims.yaml, such as X7.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ClaimAttribute(string id) : Attribute
{
    public string Id => id;
}
