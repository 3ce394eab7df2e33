namespace Isobar.Imports;

/// <summary>Where an import stands.</summary>
public enum ImportState
{
    /// <summary>Import has taken the request up.</summary>
    Accepted,

    /// <summary>The file is being copied; so it stays between the attempts of an event that fails.</summary>
    Copying,

    /// <summary>The file is in the landing bucket: the end, which nothing takes back.</summary>
    Landed,

    /// <summary>The last attempt failed; the event sent again makes it copying.</summary>
    Failed,
}
