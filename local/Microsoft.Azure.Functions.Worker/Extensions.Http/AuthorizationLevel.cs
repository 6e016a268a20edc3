namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a caller must show. Function: a function key or the master key. System and Admin: the master key.</summary>
public enum AuthorizationLevel
{
    Anonymous = 0,
    User = 1,
    Function = 2,
    System = 3,
    Admin = 4,
}
