namespace Isobar.Local.Services.DynamoDb.Tables;

/// <summary>What UpdateTable changes; what is null stays as it is.</summary>
internal sealed record TableChange
{
    public bool? Protection { get; init; }

    public StreamChange? Stream { get; init; }

    /// <summary>Whether capacity is to be provisioned.</summary>
    public bool? IsProvisioned { get; init; }

    public ProvisionedUnits? Units { get; init; }

    /// <summary>One at most, since AWS makes and deletes indexes one by one.</summary>
    public IndexCreationRequest? Create { get; init; }

    /// <summary>The global index to delete.</summary>
    public string? Delete { get; init; }

    /// <summary>What global indexes are to be provisioned with.</summary>
    public IReadOnlyDictionary<string, ProvisionedUnits> IndexUnits { get; init; } =
        new Dictionary<string, ProvisionedUnits>();
}

/// <param name="Define">Makes the definition from the attributes that the table has already.</param>
internal sealed record IndexCreationRequest(Func<IReadOnlyList<KeyAttribute>, IndexCreation> Define);
