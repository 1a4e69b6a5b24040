"""When something went wrong: first steps, a case with its evidence, a calm reply, a letter to the section head."""
