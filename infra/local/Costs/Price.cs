namespace Isobar.Local.Costs;

/// <summary>One price of AWS's list.</summary>
/// <param name="Name">What a receipt calls it.</param>
/// <param name="Dollars">For <paramref name="Per"/> of it.</param>
/// <param name="Page">AWS's page that has the price.</param>
internal sealed record Price(Meter Meter, string Name, decimal Dollars, decimal Per, string Page)
{
    /// <summary>What the account gets each month without charge, and for ever; 0 for nothing.</summary>
    /// <remarks>Free tiers that end after a time, as S3's and API Gateway's 12 months, are not here.</remarks>
    public decimal FreeEachMonth { get; init; }

    /// <summary>The dollars of a quantity, without a free tier.</summary>
    public decimal Of(decimal quantity) => quantity * Dollars / Per;
}
