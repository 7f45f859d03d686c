Console.WriteLine("migrationkit");
