namespace Isobar.Imports;

/// <summary>The states of an import.</summary>
public enum ImportState
{
    /// <summary>Import has received the event.</summary>
    Accepted,

    /// <summary>The file is being copied, or the next attempt will copy it.</summary>
    Copying,

    /// <summary>The file is in the landing bucket; final.</summary>
    Landed,

    /// <summary>Lambda gave the event up; sending it again makes the import copying.</summary>
    Failed,
}
