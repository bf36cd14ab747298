// Components/Texts/Domain/Article
