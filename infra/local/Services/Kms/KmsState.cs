using Isobar.Local.Ownership;

namespace Isobar.Local.Services.Kms;

/// <summary>The keys and aliases of a Region. Owned by a monitor.</summary>
/// <param name="identifiers">Makes the keys that AWS manages.</param>
internal sealed class KmsState(KeyPlace place, Identifiers identifiers) : ITimedState
{
    private readonly SortedDictionary<Guid, KmsKey> keys = [];
    private readonly SortedDictionary<string, KmsAlias> aliases = new(StringComparer.Ordinal);
    private readonly SortedSet<(DateTimeOffset Due, Guid Key)> deletions = [];
    private int managed;

    public IEnumerable<KmsKey> Keys => keys.Values;

    public IEnumerable<KmsAlias> Aliases => aliases.Values;

    DateTimeOffset? ITimedState.NextDue => deletions.Count > 0 ? deletions.Min.Due : null;

    void ITimedState.OnDue(DateTimeOffset now)
    {
        while (deletions.Count > 0 && deletions.Min is var next && next.Due <= now)
        {
            deletions.Remove(next);
            keys.Remove(next.Key);
            foreach (var alias in AliasesOf(next.Key).ToList()) aliases.Remove(alias.Name);
        }
    }

    /// <exception cref="Wire.AwsException">LimitExceededException.</exception>
    public KmsKey Add(KmsKey key)
    {
        if (!key.IsAwsManaged && keys.Count - managed >= KmsLimits.MaxKeys)
            throw KmsErrors.LimitExceeded("KMS keys in a Region");
        keys.Add(key.Id, key);
        return key;
    }

    /// <summary>The key that an id, an ARN or an alias names; one that AWS manages is made when it is first named.
    /// </summary>
    /// <exception cref="Wire.AwsException">NotFoundException, InvalidArnException.</exception>
    public KmsKey Find(string keyId, DateTimeOffset now)
    {
        var name = KeyName.Parse(keyId, place);
        if (name.Key is { } id) return keys.GetValueOrDefault(id) ?? throw KmsErrors.KeyNotFound(place.ArnOf(id));
        if (aliases.TryGetValue(name.Alias!, out var alias)) return keys[alias.TargetKeyId];
        return KeyName.IsManagedAlias(name.Alias!) && managed < KmsLimits.MaxManagedKeys
            ? AddManaged(name.Alias!, now)
            : throw KmsErrors.AliasNotFound(place.ArnOf(name.Alias!));
    }

    /// <returns>The ARN of the key that an id, an ARN or an alias names; null when there is none.</returns>
    public string? ArnOf(string keyId)
    {
        try
        {
            var name = KeyName.Parse(keyId, place);
            return keys.GetValueOrDefault(name.Key ?? aliases.GetValueOrDefault(name.Alias!)?.TargetKeyId ?? default)
                ?.Arn;
        }
        catch (Wire.AwsException)
        {
            return null;
        }
    }

    public bool Exists(string arn) => ArnOf(arn) is not null;

    /// <returns>The key that a ciphertext names; null when it is not here.</returns>
    public KmsKey? OfCiphertext(CiphertextBlob blob) => keys.GetValueOrDefault(blob.KeyId);

    /// <summary>The key that an id or an ARN names; the operations that change a key take no alias.</summary>
    /// <exception cref="Wire.AwsException">NotFoundException, InvalidArnException.</exception>
    public KmsKey FindKey(string keyId) => KeyName.Parse(keyId, place).Key is { } id
        ? keys.GetValueOrDefault(id) ?? throw KmsErrors.KeyNotFound(place.ArnOf(id))
        : throw KmsErrors.InvalidKeyId(keyId);

    /// <summary>A customer's own key that a caller wants to change.</summary>
    /// <param name="action">Without the service.</param>
    /// <param name="principal">Who calls.</param>
    /// <exception cref="Wire.AwsException">As <see cref="FindKey"/>; AccessDeniedException: AWS manages it.
    /// </exception>
    public KmsKey Changeable(string keyId, string action, string principal)
    {
        var key = FindKey(keyId);
        return key.IsAwsManaged ? throw KmsErrors.ManagedByAws(principal, action, key.Arn) : key;
    }

    /// <summary>The same for what can't be done while the key is pending deletion.</summary>
    /// <exception cref="Wire.AwsException">The same, and KMSInvalidStateException.</exception>
    public KmsKey ChangeableNow(string keyId, string action, string principal)
    {
        var key = Changeable(keyId, action, principal);
        return key.State == KeyState.PendingDeletion ? throw KmsErrors.PendingDeletion(key.Arn) : key;
    }

    /// <summary>Puts a changed key in the place of the one with its id.</summary>
    public KmsKey Replace(KmsKey key)
    {
        if (keys[key.Id].DeletionDate is { } before) deletions.Remove((before, key.Id));
        if (key.DeletionDate is { } due) deletions.Add((due, key.Id));
        return keys[key.Id] = key;
    }

    public IEnumerable<KmsAlias> AliasesOf(Guid key) => aliases.Values.Where(alias => alias.TargetKeyId == key);

    /// <exception cref="Wire.AwsException">AlreadyExistsException, LimitExceededException.</exception>
    public void AddAlias(string name, KmsKey target, DateTimeOffset now)
    {
        if (aliases.ContainsKey(name)) throw KmsErrors.AliasExists(place.ArnOf(name));
        CheckRoom(target);
        aliases.Add(name, new KmsAlias(name, place.ArnOf(name), target.Id, now, now));
    }

    /// <exception cref="Wire.AwsException">NotFoundException, LimitExceededException.</exception>
    public void PointAlias(string name, KmsKey target, DateTimeOffset now)
    {
        var alias = Alias(name);
        if (alias.TargetKeyId != target.Id) CheckRoom(target);
        aliases[name] = alias with { TargetKeyId = target.Id, Updated = now };
    }

    /// <exception cref="Wire.AwsException">NotFoundException.</exception>
    public void DeleteAlias(string name) => aliases.Remove(Alias(name).Name);

    /// <exception cref="Wire.AwsException">NotFoundException.</exception>
    public KmsAlias Alias(string name) =>
        aliases.GetValueOrDefault(name) ?? throw KmsErrors.AliasNotFound(place.ArnOf(name));

    private void CheckRoom(KmsKey target)
    {
        if (AliasesOf(target.Id).Count() >= KmsLimits.MaxAliasesOfKey)
            throw KmsErrors.LimitExceeded("aliases of a KMS key");
    }

    private KmsKey AddManaged(string alias, DateTimeOffset now)
    {
        var key = KeyMaker.New(place, identifiers, now) with
        {
            IsAwsManaged = true,
            Description = "Default key that protects data of the AWS service that its alias names",
        };
        managed++;
        aliases.Add(alias, new KmsAlias(alias, place.ArnOf(alias), key.Id, now, now));
        return Add(key);
    }
}
